// Handles the buttons that copy a value, and adds rows to a table.
document.addEventListener("click", async ({ target }) => {
  const copy = target.closest?.("[data-copy]");
  if (copy) {
    const source = document.getElementById(copy.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
    } catch {
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      document.execCommand("copy");
    }
    copy.classList.add("done");
  }
  const add = target.closest?.("[data-add-row]");
  if (add) {
    const row = document.getElementById(add.dataset.addRow).content.cloneNode(true);
    const field = row.querySelector("input");
    document.querySelector("tbody").append(row);
    field.focus();
  }
  target.closest?.("[data-remove-row]")?.closest("tr").remove();
});
