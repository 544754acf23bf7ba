"""What must hold in a disclosure: one small function a rule, each with the form or rule of accounting it rests on."""
