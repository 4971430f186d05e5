// The link of an invitation: its code goes into the box. A person presses the button, because programs that look at
// links in messages would use the code up.
"use strict";
const box = document.getElementById("token"), code = location.hash.slice(1);
if (code) {
  box.value = decodeURIComponent(code);
  history.replaceState(null, "", location.pathname);
  document.querySelector("form button").focus();
}
