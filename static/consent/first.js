// Before the first paint; the rule of consent/verdicts.py
{
  const { cookie, purposes } = JSON.parse(document.getElementById("consent-register").textContent);
  const gpc = navigator.globalPrivacyControl;
  const html = document.documentElement.dataset;
  const read = () => {
    const own = document.cookie.split("; ").filter((one) => one.startsWith(cookie + "=")).pop() || "";
    const said = new Map(own.slice(cookie.length + 1).replace(/^"(.*)"$/, "$1").split("|")
      .map((one) => one.split("=")).filter((pair) => pair.length === 2));
    const at = /^\d{1,12}$/.test(said.get("@at")) ? +said.get("@at") : -1;
    const yes = (p) => said.get(p.name) >= p.version;
    const no = (p) => said.get(p.name) === "-1" && at >= p.asked;
    html.allows = purposes.filter(yes).map((p) => p.name).join(" ");
    html.choice = purposes.every((p) => yes(p) || no(p) || (p.gpc && gpc)) ? "decided" : "open";
  };
  read();
  ["consent", "pageshow", "focus", "visibilitychange"].map((on) => addEventListener(on, read));
}
