// Beside each search result that is a need with a state, its state, in the words of the pages.
(() => {
  const list = document.getElementById("search-results");
  const say = (link) => {
    const words = window.dpiaStates?.[link.hash.slice(1)];
    if (!words || link.dataset.stated) return;
    link.dataset.stated = "yes";
    const said = document.createElement("span");
    said.className = "search-state";
    said.textContent = ` \u2013 ${words}`;
    link.after(said);
  };
  const all = () => list.querySelectorAll("a[href*='#']").forEach(say);
  if (list) new MutationObserver(all).observe(list, { childList: true, subtree: true });
})();
