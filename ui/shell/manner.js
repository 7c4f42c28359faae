// Small manners that need the browser: the address on the clipboard, keys that press buttons, and the
// hints of the first visit. It only ever presses buttons that stand on the page, and adds its own notes
// beside the page, never into it.
(function () {
  const KEYS = { "[": "period-before", "]": "period-after", "/": "find-metric" };
  const HINTS = [
    ["期间和范围在最上面", "点“期间”换月、季、年,点“范围”到大党委、社区、网格;键盘 [ 和 ] 翻到上一期、下一期。"],
    ["图和表都能点", "点柱子、点格子、点一行,就下钻到那一类、那个社区或单位;浏览器的返回键回到原处。"],
    ["每个数都有口径", "卡片上的“口径”和图旁的“口径与下载”说明分子、分母和截止日期,并能打开五行算例。"],
    ["带走和分享", "图旁可下载 csv、xlsx;右上“更多”里可复制链接、收藏视图,别人打开看到的和你一样。"],
    ["找一个指标", "按 / 键或在“更多”里点“搜索指标”,用平常的说法找,例如“及时率”。"],
  ];
  const SEEN = "hints-seen";

  const button = (key) => document.querySelector(`.st-key-${key} button:not([disabled])`);
  const typing = (at) => at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("[role=dialog]")) return;
    const pressed = KEYS[event.key] && button(KEYS[event.key]);
    if (!pressed) return;
    event.preventDefault();
    pressed.click();
  });

  // Charts are drawn by the server in the colours of the theme: they are drawn again when it changes.
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    setTimeout(() => window.dispatchEvent(new PopStateEvent("popstate", { state: {} })), 300);
  });

  // Without https there is no clipboard API: a selected field does what it can.
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(() => true, () => byField(text));
    }
    return Promise.resolve(byField(text));
  }
  function byField(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.style.cssText = "position:fixed;top:0;left:0;opacity:0";
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest && event.target.closest(".st-key-copy-link button, .st-key-hints button");
    if (!at) return;
    if (at.closest(".st-key-hints")) return show(0);
    copy(location.href).then((done) => say(done ? "已复制链接" : `请手动复制:${location.href}`));
  });

  // A link of the house opens where it stands, as the Back key expects; Streamlit opens it in a new tab.
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest && event.target.closest("[data-testid=stMarkdownContainer] a[target=_blank], [data-testid=stTable] a[target=_blank]");
    if (!link || link.origin !== location.origin) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function say(words) {
    const note = element("div", "said", words);
    note.setAttribute("role", "status");
    document.body.appendChild(note);
    setTimeout(() => note.remove(), 4000);
  }

  function remember() {
    try { localStorage.setItem(SEEN, "1"); } catch (error) { /* a browser that keeps nothing asks again */ }
  }
  function seen() {
    try { return localStorage.getItem(SEEN) === "1"; } catch (error) { return false; }
  }

  function show(at) {
    document.querySelector(".hint")?.remove();
    const [title, words] = HINTS[at];
    const card = element("aside", "hint");
    card.setAttribute("aria-label", "使用提示");
    const last = at === HINTS.length - 1;
    const next = element("button", "next", last ? "知道了" : "下一条");
    next.onclick = () => (last ? (remember(), card.remove()) : show(at + 1));
    const never = element("button", "never", "不再提示");
    never.onclick = () => { remember(); card.remove(); };
    const row = element("div", "row");
    row.append(element("span", "count", `提示 ${at + 1}/${HINTS.length}`), never, next);
    card.append(element("strong", "", title), element("p", "", words), row);
    document.body.appendChild(card);
  }

  // When the first page stands; a projector shows pages to a room, not to a reader.
  function begin() {
    if (seen() || new URLSearchParams(location.search).has("embed")) return;
    const ready = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning] h1");
    if (ready) show(0); else setTimeout(begin, 700);
  }
  setTimeout(begin, 700);
})();
