// Search words are not kept in the browser, so pages do not highlight them.
const SPHINX_HIGHLIGHT_ENABLED = false;
