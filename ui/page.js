// Opens sources, copies answers, keeps the newest question in view. Text reaches the page through textContent only.
() => {
  document.documentElement.lang = "zh-CN";
  const READABLE = 1.05, POINT = 1.35;  // pixels a point: from the first on, a page fitted to the pane can be read
  let opener = null;

  const pane = () => document.getElementById("evidence");
  const part = (name) => pane().querySelector(name);

  const place = (cite) => {
    const img = part("img"), leaf = part(".leaf"), box = part(".box"), sheet = part(".sheet");
    const points = img.naturalWidth * 72 / Number(pane().dataset.dpi);
    const whole = part(".zoom").getAttribute("aria-pressed") === "true";
    const fitted = (sheet.clientWidth - 2) / points;
    const scale = whole || fitted >= READABLE ? fitted : POINT;
    leaf.style.width = `${points * scale}px`;
    box.hidden = !cite.box;
    if (!cite.box) { sheet.scrollTo(0, 0); return; }
    const [x0, top, x1, bottom] = cite.box.map((value) => value * scale), margin = 3;
    Object.assign(box.style, {
      left: `${x0 - margin}px`, top: `${top - margin}px`,
      width: `${x1 - x0 + 2 * margin}px`, height: `${bottom - top + 2 * margin}px`,
    });
    const wide = x1 - x0 > sheet.clientWidth;
    sheet.scrollTo(wide ? x0 - 12 : (x0 + x1 - sheet.clientWidth) / 2, (top + bottom - sheet.clientHeight) / 2);
  };

  const open = (button) => {
    const cite = JSON.parse(button.dataset.cite), img = part("img");
    opener = button;
    document.querySelectorAll(".opened").forEach((other) => other.classList.remove("opened"));
    button.classList.add("opened");
    part("h2").textContent = cite.title || `[${cite.n}] ${cite.file} ${cite.where}`;
    part(".verdict-note").textContent = cite.note || "";
    part(".verdict-note").hidden = !cite.note;
    const row = cite.verdict && document.getElementById(`verdict-${cite.verdict}`);
    if (row) { row.open = true; unfolded.set(row.id, true); }
    part("blockquote").textContent = cite.quote;
    part("blockquote").hidden = !cite.quote;
    part(".doubtful-note").hidden = cite.reliable;
    Object.assign(part(".failed"), {hidden: true, textContent: "原页图像暂时打不开。"});
    part(".leaf").hidden = part(".zoom").hidden = !cite.page;
    pane().hidden = false;
    document.body.classList.add("with-evidence");
    pane().cite = cite;
    if (cite.page) {
      img.alt = `${cite.file} ${cite.where}的原页图像`;
      img.onload = () => { part(".leaf").hidden = false; place(cite); pane().dataset.shown = String(cite.n); };
      img.onerror = async () => {
        part(".leaf").hidden = true; part(".failed").hidden = false;
        const said = await fetch(img.src).then(answer => answer.ok ? {} : answer.json()).catch(() => ({}));
        if (typeof said.detail === "string" && pane().cite === cite) part(".failed").textContent = said.detail;
      };
      part(".leaf").hidden = true;
      img.src = address(cite);
    }
    part("h2").focus({preventScroll: true});
    button.scrollIntoView({block: "nearest", behavior: "smooth"});  // on a phone the pane covers the lower part
  };

  const cell = (button) => {  // a table's cells share its file: what each would repeat is taken from around it
    const table = button.closest("table"), at = button.dataset, page = Number(at.at);
    let name = button.closest("td");
    while (name && !name.matches("th[scope=row]")) name = name.previousElementSibling;
    return {
      n: 0, id: table.dataset.id, file: table.dataset.file, page, box: at.box ? at.box.split(" ").map(Number) : null,
      where: page ? `第${page}页` : at.place, quote: "", reliable: at.sure === "True",
      title: `${name ? `${name.textContent} ` : ""}${button.textContent}　${page ? `第${page}页` : at.place}`,
    };
  };

  const cutOut = (img) => {  // a piece of a page: moved so that what is cited lies in the middle
    const view = img.parentElement, mark = view.querySelector("i"), {box} = JSON.parse(img.closest(".cut").dataset.cite);
    const points = img.naturalWidth * 72 / Number(pane().dataset.dpi), [x0, top, x1, bottom] = box || [0, 0, points, 0];
    const scale = Math.min(Math.max(view.clientWidth * .86 / (x1 - x0), view.clientWidth / points, .5), 1.1);
    const height = points * scale * img.naturalHeight / img.naturalWidth;
    const kept = (shift, room) => Math.min(0, Math.max(shift, room));
    const left = kept((view.clientWidth - (x0 + x1) * scale) / 2, view.clientWidth - points * scale);
    const above = kept((view.clientHeight - (top + bottom) * scale) / 2, view.clientHeight - height);
    Object.assign(img.style, {width: `${points * scale}px`, left: `${left}px`, top: `${above}px`});
    mark.hidden = !box;
    Object.assign(mark.style, {
      left: `${left + x0 * scale - 2}px`, top: `${above + top * scale - 2}px`, width: `${(x1 - x0) * scale + 4}px`, height: `${(bottom - top) * scale + 4}px`,
    });
  };
  document.addEventListener("load", (event) => {
    if (!(event.target instanceof HTMLImageElement) || !event.target.closest(".cut")) return;
    const img = event.target;
    cutOut(img);
    new ResizeObserver(() => cutOut(img)).observe(img.parentElement);  // the evidence beside it narrows the page
  }, true);

  const close = () => {
    pane().hidden = true;
    document.body.classList.remove("with-evidence");
    document.querySelectorAll(".opened").forEach((other) => other.classList.remove("opened"));
    if (opener) opener.focus({preventScroll: true});
  };

  const copy = async (words, button) => {
    try {
      await navigator.clipboard.writeText(words);
    } catch (refused) {  // no clipboard without https: the old way
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = "已复制 ✓";
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, .mark");
    if (!button) return;
    if (button.dataset.at && !button.dataset.cite) button.dataset.cite = JSON.stringify(cell(button));
    if (button.dataset.cite) open(button);
    else if (button.dataset.copy) copy(button.dataset.copy, button);
    else if (button.dataset.link) copy(new URL(button.dataset.link, location.origin + location.pathname).href, button);
    else if (button.matches("#evidence .close")) close();
    else if (button.matches("#evidence .zoom")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      place(pane().cite);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pane() && !pane().hidden) close();
    if ((event.key === "Enter" || event.key === " ") && event.target.matches(".mark")) {
      event.preventDefault();
      open(event.target);
    }
  });
  window.addEventListener("resize", () => { if (pane() && !pane().hidden && pane().cite.page) place(pane().cite); });

  // What a reader has unfolded or folded stays so when the result is drawn anew: sentence by sentence, or with a ruling of the reader's.
  const unfolded = new Map();
  let ruled = null;  // where the focus goes back to
  const ruling = (inside) => {
    const row = inside.closest(".verdict"), said = row.querySelector(".reader-said");
    return {id: row.id, said: said ? said.textContent : ""};
  };
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("#verdicts summary");
    if (summary) unfolded.set(summary.parentElement.id, !summary.parentElement.open);
    if (event.target.closest("#verdicts [data-withdraw]")) ruled = ruling(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#verdicts form")) return;
    ruled = ruling(event.target);
    unfolded.delete(event.target.parentElement.id);  // the form is done with
  });
  const unfold = () => {
    if (document.querySelector("#verdicts .begun")) unfolded.clear();
    unfolded.forEach((open, id) => { const one = document.getElementById(id); if (one && one.open !== open) one.open = open; });
    const row = ruled && document.getElementById(ruled.id);
    if (row && ruling(row).said !== ruled.said) { ruled = null; row.querySelector("summary").focus({preventScroll: true}); }
  };

  const address = (cite) => `./picture/${encodeURIComponent(cite.id)}/${Number(cite.page)}.png`;
  let seen = 0, shown = null, asked = null, table = null;
  const follow = () => {
    unfold();
    const log = document.getElementById("conversation");
    if (log && !log.role) Object.assign(log, {role: "log", ariaLabel: "对话"});
    const desk = document.querySelector(".desk");
    if (desk && desk !== asked) {
      desk.scrollIntoView({block: desk.offsetHeight < innerHeight ? "center" : "start", behavior: "smooth"});
      desk.querySelector("input, [data-leave]").focus({preventScroll: true});
    }
    asked = desk;
    const choice = document.querySelector("#report input");
    if (choice && !choice.placeholder) choice.placeholder = "点这里选一份报告";
    const view = document.querySelector(".table-view"), report = document.querySelector("[data-report]");
    if (view) view.hidden = !report || view.dataset.id !== report.dataset.report;  // late, and of another report
    if (view && view !== table) view.scrollIntoView({block: "start", behavior: "smooth"});
    table = view;
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1];
    const now = turns.length * 2 - (last && last.querySelector(".pending") ? 1 : 0);  // grows at question and answer
    if (now > seen) last.scrollIntoView({block: "start", behavior: "smooth"});
    if (seen && !now) history.replaceState(null, "", location.pathname);
    seen = now;
    const link = last && last.querySelector("[data-link]");
    if (link && link !== shown) {
      shown = link;
      history.replaceState(null, "", link.dataset.link);
      const first = last.querySelector("[data-cite]");  // fetched ahead, so that a click shows it at once
      const cite = first && JSON.parse(first.dataset.cite);
      if (cite && cite.page) new Image().src = address(cite);
    }
  };
  new MutationObserver(follow).observe(document.body, {childList: true, subtree: true});
}
