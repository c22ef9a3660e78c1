"use strict";

(() => {
  const SENTENCE = "a[data-to]";
  const SAID = 240;
  const status = document.getElementById("status");
  let chosen = null;

  const sentenceAt = (node) => (node instanceof Element ? node.closest(SENTENCE) : null);

  const partners = (link) =>
    link.dataset.to.split(" ").map((id) => document.getElementById(id)).filter(Boolean);

  const words = (link) => {
    const copy = link.cloneNode(true);
    copy.querySelectorAll("sup").forEach((sup) => sup.remove());
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    return text.length > SAID ? `${text.slice(0, SAID)}…` : text;
  };

  const clear = () => {
    document.querySelectorAll(".lit").forEach((link) => link.classList.remove("lit"));
    if (chosen) chosen.removeAttribute("aria-current");
    chosen = null;
    status.textContent = "";
  };

  const remember = (link) => {
    try {
      history.replaceState(null, "", link ? `#${link.id}` : location.pathname + location.search);
    } catch {
      // A page inside another page may have no address to change.
    }
  };

  // At once: on the way of a smooth movement paragraphs get their real height and it ends beside.
  const show = (link) => link.scrollIntoView({ block: "nearest" });

  const choose = (link) => {
    clear();
    chosen = link;
    link.setAttribute("aria-current", "true");
    const others = partners(link);
    others.forEach((other) => other.classList.add("lit"));
    if (others.length) show(others[0]);
    status.textContent = `Belongs to: ${others.map(words).join(" … ")}`;
    remember(link);
  };

  const go = (link) => {
    const [first] = partners(link);
    if (!first) return;
    show(first);
    choose(first);
    first.focus({ preventScroll: true });
  };

  const step = (link, by) => {
    const all = [...link.closest(".column").querySelectorAll(SENTENCE)];
    const next = all[all.indexOf(link) + by];
    if (!next) return;
    next.focus({ preventScroll: true });
    show(next);
    choose(next);
  };

  const isSelectingText = (event) => event.detail > 0 && !getSelection().isCollapsed;

  document.addEventListener("click", (event) => {
    const link = sentenceAt(event.target);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (isSelectingText(event)) return;
    if (link === chosen) go(link);
    else choose(link);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && chosen) {
      clear();
      remember(null);
      return;
    }
    const link = sentenceAt(event.target);
    const act = {
      ArrowDown: () => step(link, 1),
      ArrowUp: () => step(link, -1),
      Enter: () => link.click(),
      " ": () => link.click(),
    }[event.key];
    if (!link || !act) return;
    event.preventDefault();
    act();
  });

  const near = (event, on) => {
    const link = sentenceAt(event.target);
    if (link) partners(link).forEach((other) => other.classList.toggle("near", on));
  };
  document.addEventListener("mouseover", (event) => near(event, true));
  document.addEventListener("mouseout", (event) => near(event, false));

  const follow = () => {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const link = sentenceAt(named);
    if (!link) return;
    show(link);
    choose(link);
  };
  addEventListener("hashchange", follow);
  follow();

  // Browsers start no text selection inside a link with an address, and people copy sentences.
  document.querySelectorAll(SENTENCE).forEach((link) => {
    link.removeAttribute("href");
    link.setAttribute("role", "link");
    link.tabIndex = 0;
  });
  document.getElementById("hint").hidden = false;
})();
