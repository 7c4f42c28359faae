// Streamlit's built-in texts are English only. This replaces whole phrases it knows (zh.json) as
// they appear, and nothing else: what the pages themselves write stays as written.
(function () {
  const { text, attributes, parts, patterns } = JSON.parse(
    document.getElementById("phrases").textContent,
  );
  const spoken = { ...text, ...attributes };
  const rules = patterns.map(([pattern, chinese]) => [new RegExp(`^${pattern}$`), chinese]);
  const ATTRIBUTES = [
    "aria-label", "aria-valuetext", "aria-description", "aria-roledescription",
    "title", "data-title", "placeholder", "alt",
  ];
  // Where pages and data speak. A help text that is nothing but one of Streamlit's own phrases
  // cannot be told from Streamlit's tooltips, and is translated.
  const THEIRS = [
    "stMarkdownContainer", "stCaptionContainer", "stText", "stMetricValue", "stTable", "stJson",
    "stSidebarNavLink", "stNavSectionHeader", "stIconMaterial", "stFileUploaderFileName",
  ].map((id) => `[data-testid=${id}]`);
  const SKIPPED = [
    ...THEIRS, "[role=option][data-key]:not([data-key^=__])", "[data-tag]",
    "pre", "code", "textarea", "canvas", "svg", "script", "style",
  ].join(",");

  // Built-in texts that Streamlit draws through its markdown.
  const BUILT_IN = [
    "[role=tooltip]", "[data-testid=stFileUploaderDropzone] button", "[data-testid=stErrorCodeBlock]",
  ].join(",");

  function chinese(phrase, words) {
    const key = phrase.trim();
    if (key.length > 300 || !/[A-Za-z]{2}/.test(key)) return null;
    if (Object.hasOwn(words, key)) return words[key];
    for (const [pattern, replacement] of rules) {
      const found = pattern.exec(key);
      if (found) {
        return replacement.replace(/\$(\d)/g, (_, n) => parts[found[n]] ?? found[n] ?? "");
      }
    }
    // "Fullscreen: " and then the name the page gave its chart.
    const [, label, rest] = /^([^:]+): (.+)$/.exec(key) ?? [];
    return rest && Object.hasOwn(words, label) ? `${words[label]}:${rest}` : null;
  }

  function translateText(node) {
    const parent = node.parentElement;
    if (!parent || (parent.closest(SKIPPED) && !parent.closest(BUILT_IN))) return;
    const found = chinese(node.data, text);
    if (found !== null && found !== node.data) node.data = found;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const found = value && chinese(value, spoken);
      if (found && found !== value) element.setAttribute(name, found);
    }
  }

  function walk(node) {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(node);
    node.childNodes.forEach(walk);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translateAttributes(change.target);
      else if (change.type === "characterData") translateText(change.target);
      else change.addedNodes.forEach(walk);
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ATTRIBUTES,
  });
  walk(document.body);
})();
