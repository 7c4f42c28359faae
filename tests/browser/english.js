// English words left on the page: three or more lower-case letters in a row, outside what is data,
// a file's name, a snapshot's name or a command.
() => {
  const OTHERS = "script, style, noscript, code, pre, canvas, [data-testid=stIconMaterial], [data-testid=stAlertDynamicIcon]";
  const ATTRIBUTES = ["aria-label", "aria-roledescription", "title", "data-title", "placeholder", "alt"];
  const NAMES = /\S+\.\w{2,7}\b|https?:\S+|\d{8}T\d{6}Z-[0-9a-f]{8}/g;
  const FORMATS = new Set(["csv", "tsv", "xls", "xlsx", "json", "geojson", "toml", "png", "docx", "pptx", "pdf"]);
  const found = new Set();

  function look(text, where) {
    for (const word of text.replace(NAMES, "").match(/[A-Za-z]*[a-z]{3}[A-Za-z]*/g) ?? []) {
      if (!FORMATS.has(word.toLowerCase())) found.add(`${word} · ${where} · ${text.trim().slice(0, 60)}`);
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent.closest(OTHERS)) {
      look(texts.currentNode.data, parent.closest("[data-testid]")?.dataset.testid ?? parent.tagName);
    }
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(OTHERS)) continue;
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value) look(value, name);
    }
  }
  return [...found];
}
