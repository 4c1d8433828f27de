/** What the translation editor does beyond plain forms. */
import "./unit-editor.js";
import "./unit-list.js";
