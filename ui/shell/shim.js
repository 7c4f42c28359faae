// What Streamlit's bundle needs to find when it starts.
(function () {
  // Told where the server is, it need not guess: a deep link would first ask for
  // /hotline/_stcore/health and leave two 404s in the console.
  window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };

  // Calendars and numbers follow the browser's language; an English Windows would get English ones.
  Object.defineProperty(navigator, "language", { get: () => "zh-CN", configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => ["zh-CN"], configurable: true });

  // Chromium 94 to 111 (the last one for Windows 7 is 109) lacks the copying array methods and the
  // RegExp flag "v": without them the page stays white.
  const missing = {
    toSorted(compare) {
      return this.slice().sort(compare);
    },
    toReversed() {
      return this.slice().reverse();
    },
    toSpliced(...change) {
      const copy = this.slice();
      copy.splice(...change);
      return copy;
    },
    with(index, value) {
      const copy = this.slice();
      copy[index < 0 ? copy.length + index : index] = value;
      return copy;
    },
    findLast(test) {
      return this[this.findLastIndex(test)];
    },
    findLastIndex(test) {
      for (let i = this.length - 1; i >= 0; i--) if (test(this[i], i, this)) return i;
      return -1;
    },
  };
  for (const name of Object.keys(missing)) {
    if (!Array.prototype[name]) {
      const value = missing[name];
      Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true });
    }
  }

  try {
    new RegExp("", "v");
    return;
  } catch (unsupported) {
    // An older engine. "u" means the same for every pattern Streamlit has.
  }
  const older = (flags) => (typeof flags === "string" ? flags.replace("v", "u") : flags);
  window.RegExp = new Proxy(RegExp, {
    construct(native, [pattern, ...flags], called) {
      const target = called === window.RegExp ? native : called;
      return Reflect.construct(native, [pattern, ...flags.map(older)], target);
    },
    apply(native, self, [pattern, ...flags]) {
      return native(pattern, ...flags.map(older));
    },
  });
})();
