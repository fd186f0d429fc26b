// Putting text where people can paste it.

/** Copies the text of a field. Where a browser does not let a page do that, the text is marked, to be copied by hand. */
export async function copyFrom(field) {
  field.focus();
  field.select?.();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}
