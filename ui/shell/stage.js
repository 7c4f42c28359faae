// The stage of a meeting: keys and remote clickers turn the slides, a wall turns them by itself, and a lost
// server is waited for. What to turn stands on the page (ui/stage/draw.py); the step is in the address, so
// that a reload goes on where it was.
(function () {
  const WIDTH = 880, HEIGHT = 495, DAY = 86400000;
  const CHECK = 5000; // between looks at the server
  const PATIENCE = 2; // looks without a connection before the page is loaded anew
  const GONE = "连接中断,正在重连。屏幕上是中断前的数据";
  const NEXT = ["ArrowRight", "ArrowDown", "PageDown", " ", "Spacebar", "Enter"];
  const BEFORE = ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"];
  const began = new Date().toDateString();
  let turned = Date.now(), looked = Date.now(), moved = Date.now(), lost = 0;

  const stage = () => document.querySelector("[data-stage]");
  const told = (name) => stage().dataset[name];
  const connected = () => {
    const app = document.querySelector("[data-testid=stApp]");
    return app && app.dataset.testConnectionState === "CONNECTED";
  };
  const alive = () =>
    fetch("healthz", { cache: "no-store" }).then((answer) => answer.json()).then((said) => "status" in said, () => false);

  // Told of a new address, Streamlit runs the page for it.
  function go(search) {
    history.replaceState(history.state, "", search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  function open(step, speak = true) {
    const asked = new URLSearchParams(location.search);
    asked.set("step", step);
    turned = Date.now();
    document.querySelector(".stage-help")?.remove();
    go(`?${asked}`);
    if (speak && others) others.postMessage(step);
  }

  // From the address, not from the page: two quick presses are two steps.
  function turn(by) {
    const last = Number(told("total"));
    const here = Math.min(Number(new URLSearchParams(location.search).get("step")) || 1, last);
    const step = Math.min(Math.max(here + by, 1), last);
    if (step !== here) open(step);
  }

  // The talk and the speaker's notes, two windows of one browser, stay together.
  const others = "BroadcastChannel" in window ? new BroadcastChannel("meeting") : null;
  if (others) others.onmessage = (event) => stage() && told("stage") !== "wall" && open(event.data, false);

  const typing = (at) => at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));

  document.addEventListener("keydown", (event) => {
    if (!stage() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const talk = told("stage") === "talk";
    const keys = { Home: () => open(1), End: () => open(Number(told("total"))), f: full, b: dark, ".": dark, "?": help, "？": help, Escape: leave };
    if (told("stage") === "notes" && /^Arrow(Up|Down)$/.test(key)) return; // notes may be longer than a screen
    if (talk) keys.n = () => window.open(`${location.pathname}${location.search}&notes=1`, "notes");
    if (talk) keys.d = () => window.open(told("decide"), "decision");
    const act = NEXT.includes(key) ? () => turn(1) : BEFORE.includes(key) ? () => turn(-1) : keys[key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }
  function dark() {
    document.documentElement.classList.toggle("stage-dark");
  }
  // A line of the keys, until the next ? or the next slide.
  function help() {
    const line = document.querySelector(".stage-help");
    if (line) return line.remove();
    banner("stage-help", told("keys"));
  }
  function banner(kind, words) {
    const line = document.createElement("div");
    line.className = `stage-line ${kind}`;
    line.setAttribute("role", "status");
    line.textContent = words;
    document.body.appendChild(line);
  }
  function leave() {
    if (document.fullscreenElement) return document.exitFullscreen();
    document.documentElement.classList.remove("stage-dark", "stage-still");
    document.querySelector(".stage-help")?.remove();
    go(`?${told("back").split("?")[1] || ""}`);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".stage-back");
    if (!link) return;
    event.preventDefault();
    leave();
  });

  // A wall: on to the next slide; after midnight, once the server answers, on a fresh page.
  function onward() {
    const fresh = new Date().toDateString() !== began;
    if (fresh) alive().then((is) => is && location.reload());
    const step = Number(new URLSearchParams(location.search).get("step")) || 1;
    open(step + 1, false);
  }

  function watch() {
    looked = Date.now();
    if (connected()) {
      lost = 0;
      return note("");
    }
    lost += 1;
    if (lost > 1) note(GONE);
    if (lost >= PATIENCE) alive().then((is) => is && location.reload());
  }

  function note(words) {
    const line = document.querySelector(".stage-lost");
    if (!words) return line && line.remove();
    if (line) return;
    banner("stage-lost", words);
  }

  // By the clock of the wall: it goes on when nothing else does.
  function age() {
    const said = document.querySelector(".stage-age");
    if (!said) return;
    const [year, month, day] = said.dataset.asOf.split("-").map(Number);
    const now = new Date();
    const days = Math.round((Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) - Date.UTC(year, month - 1, day)) / DAY);
    const old = days < 1 ? "是今天的" : `已过${days.toLocaleString("en-US")}天`;
    const words = `数据截至${year}年${month}月${day}日,${old}`;
    if (said.textContent !== words) said.textContent = words;
  }

  function scale() {
    const factor = Math.min(window.innerWidth / WIDTH, window.innerHeight / HEIGHT);
    document.documentElement.style.setProperty("--stage", factor);
  }
  window.addEventListener("resize", scale);
  scale();

  document.addEventListener("mousemove", () => {
    moved = Date.now();
    document.documentElement.classList.remove("stage-still");
  });

  setInterval(() => {
    if (!stage()) return note("");
    const now = Date.now();
    age();
    document.documentElement.classList.toggle("stage-still", told("stage") !== "notes" && now - moved > 4000);
    if (now - looked >= CHECK) watch();
    if (told("stage") === "wall" && now - turned >= 1000 * Number(told("every"))) onward();
  }, 1000);
})();
