// What the search page adds to the search of Sphinx: beside each need its state, in the words of the pages; the
// need whose id was asked for; the pages for the people the data is about before others that only hold the word.
(() => {
  const list = document.getElementById("search-results");
  if (!list) return;
  // Each excerpt fetches a whole page: a reader may pay for what is fetched, and from files nothing can be.
  const EXCERPTS = location.protocol === "file:" ? 0 : 10;
  const asked = (new URLSearchParams(location.search).get("q") ?? "").trim().toUpperCase();
  Scorer.score = ([page, , anchor, , score]) => score + (!anchor && /^your-data\/|\/extracts$/.test(page) ? 11 : 0);
  const plain = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".banner, .leave, .up").forEach((node) => node.remove());
    return plain(page.documentElement.outerHTML, anchor);
  };
  const addTo = (node, name, className, text) => {
    const made = Object.assign(document.createElement(name), { className, textContent: text });
    node.append(made);
    return made;
  };
  const say = (link) => {
    const words = window.dpiaStates?.[link.hash.slice(1)];
    if (!words || link.dataset.stated) return;
    link.dataset.stated = "yes";
    link.after(addTo(link.parentNode, "span", "search-state", ` \u2013 ${words}`));
  };
  const of = (link) => {
    const dpia = /^(?:fod|lge)(?=\/)/.exec(link.getAttribute("href"))?.[0].toUpperCase();
    if (dpia && !link.textContent.endsWith(`(${dpia})`)) link.append(` (${dpia})`);
  };
  const lead = (found) => {
    if (list.dataset.led || !Search.hasIndex()) return;
    list.dataset.led = "yes";
    for (const [before, rows] of Object.entries(Search._index.objects))
      for (const [page, , , id, name] of rows) {
        if (id !== asked) continue;
        const item = addTo(found, "li", "kind-object", "");
        addTo(item, "a", "", before ? `${before}.${name}` : name).href = `${Search._index.docnames[page]}.html#${id}`;
        found.prepend(item);
        list.dataset.led = "found";
      }
  };
  const all = () => {
    const found = list.querySelector("ul.search");
    if (found) lead(found);
    const status = list.querySelector(".search-summary");
    if (list.dataset.led === "found" && status?.textContent.startsWith("Your search did not match"))
      status.textContent = "Search finished, found one page matching the search query.";
    list.querySelectorAll("a[href*='#']").forEach(say);
    list.querySelectorAll("li:not(.kind-object) > a").forEach(of);
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = list.querySelectorAll("li:not(.kind-object)").length < EXCERPTS;
  };
  all();
  new MutationObserver(all).observe(list, { childList: true, subtree: true });
})();
