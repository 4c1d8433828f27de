/** Sending one unit to the server; never throws, never asks anybody to sign in by itself. */

const KEPT_ALIVE = 60_000; // Browsers let requests outlive their page up to 64 KiB.

/**
 * Post a unit's form and resolve with what became of it: `kind` is "saved", "refused",
 * "conflict", "closed", "gone", "signed_out", "failed" or "offline"; `answer` is the server's.
 */
export async function post(address, fields) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token(fields) });
  try {
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      keepalive: body.toString().length < KEPT_ALIVE,
    });
    return { kind: kindOf(response.status), answer: await read(response) };
  } catch {
    return { kind: "offline", answer: {} };
  }
}

function kindOf(status) {
  const kinds = { 401: "signed_out", 403: "signed_out", 404: "gone", 422: "refused" };
  return status === 200 ? "saved" : status === 409 ? "conflict" : (kinds[status] ?? "failed");
}

async function read(response) {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  return isJson ? response.json() : {};
}

/** Signing in again changes the token, so the newest cookie counts, not the page's form. */
function token(fields) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie?.[1] ?? fields.csrfmiddlewaretoken;
}
