// Hide the rows of the table of coverage that do not go by what was chosen. The choice is kept in the address
// alone, so that it can be sent to somebody; without this script the whole table is there, and no form.
(() => {
  const form = document.getElementById("coverage-filter");
  const table = document.getElementById("coverage-rows");
  const said = document.getElementById("coverage-shown");
  if (!form || !table) return;
  const rows = [...table.tBodies[0].rows].map((row) => [row, new Set(row.dataset.keys.split(" "))]);
  const choices = [...form.querySelectorAll("select")];
  const show = () => {
    const wanted = choices.filter((one) => one.value).map((one) => `${one.name[0]}:${one.value}`);
    let shown = 0;
    for (const [row, keys] of rows) {
      row.hidden = !wanted.every((key) => keys.has(key));
      shown += row.hidden ? 0 : 1;
    }
    said.textContent = `${shown} of ${rows.length} commitments shown`;
  };
  const keep = () => {
    const query = new URLSearchParams(choices.filter((one) => one.value).map((one) => [one.name, one.value]));
    const address = new URL(location.href);
    address.search = query.toString();
    history.replaceState(null, "", address);
    show();
  };
  const asked = new URLSearchParams(location.search);
  for (const one of choices) {
    const value = asked.get(one.name) ?? "";
    one.value = [...one.options].some((option) => option.value === value) ? value : "";
  }
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(keep));
  form.hidden = false;
  show();
})();
