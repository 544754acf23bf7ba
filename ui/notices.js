// Gradio's own notices → Chinese. It words them in English in the browser, where no setting reaches them.
(() => {
  const SAID = [
    [/^\s*File\(s\) exceed the maximum allowed size of ([\d.]+) ([KMG])b: /, "文件太大，最大 $1 $2B："],
    [/^\s*HTTP \d+: /, ""],
    [/^\s*Connection errored out\.[^]*$/, "和服务器的连接断了，请稍候再试。"],
    [/^\s*This application is currently busy\.[^]*$/, "现在用的人很多，请过一会儿再试。"],
    [/^\s*Error\s*$/, "没有办成"],
    [/^\s*Warning\s*$/, "注意"],
    [/^\s*Info\s*$/, "提示"],
  ];
  const PLACES = ".toast-wrap, .toast-body, [data-testid='status-tracker']";

  const inChinese = (text) => SAID.reduce((now, [english, chinese]) => now.replace(english, chinese), text);

  const mend = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const now = node.parentElement?.closest(PLACES) ? inChinese(node.data) : node.data;
      if (now !== node.data) node.data = now;
    } else {
      node.childNodes.forEach(mend);
    }
  };

  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "characterData") mend(change.target);
    change.addedNodes.forEach(mend);
  })).observe(document, {childList: true, subtree: true, characterData: true});
})();
