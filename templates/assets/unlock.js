"use strict";
// Opens the pages of a site that is published encrypted: the other half of kapm_site/publish/protection, which says
// how keys, names and files are made. It stands on a page that holds nothing but a form. The content key stays in this
// tab until it is closed; nothing is sent anywhere.

(() => {
  const FORMAT = "kapm/v1";
  const MAGIC = 5, NONCE = 12, MISSING = 404;
  const words = document.currentScript.dataset;
  const root = new URL(words.root, location.href);
  const form = document.querySelector("form");
  const told = document.querySelector("[role=alert]");
  const encode = (text) => new TextEncoder().encode(text);

  // Where the key is kept; a browser may forbid it, and the passphrase is then asked for on every page.

  function remembered() {
    try {
      return sessionStorage.getItem(`kapm:${words.client}`);
    } catch {
      return null;
    }
  }

  function remember(content) {
    try {
      if (content) sessionStorage.setItem(`kapm:${words.client}`, content);
      else sessionStorage.removeItem(`kapm:${words.client}`);
    } catch {}
  }

  // Keys

  const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

  async function derived(content, purpose, algorithm, use) {
    const secret = await crypto.subtle.importKey("raw", content, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: encode(`${FORMAT}/${purpose}`) };
    return crypto.subtle.deriveKey(how, secret, algorithm, false, [use]);
  }

  async function keysOf(content) {
    return {
      files: await derived(content, "files", { name: "AES-GCM", length: 256 }, "decrypt"),
      names: await derived(content, "names", { name: "HMAC", hash: "SHA-256", length: 256 }, "sign"),
    };
  }

  /** The content key that a passphrase gives, null where it gives none. */
  async function contentKey(passphrase) {
    const ring = await (await got(new URL("keys.json", root))).json();
    const typed = encode(passphrase.normalize("NFKC").trim());
    const secret = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: fromBase64(ring.salt), iterations: ring.iterations };
    const key = await crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    for (const wrapped of ring.keys.map(fromBase64)) {
      try {
        return await decrypted(key, wrapped, `${FORMAT}/${words.client}/key`);
      } catch {}
    }
    return null;
  }

  async function decrypted(key, sealed, bound) {
    const how = { name: "AES-GCM", iv: sealed.subarray(0, NONCE), additionalData: encode(bound) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.subarray(NONCE)));
  }

  // Files

  async function got(address) {
    // What a browser has kept may have been sealed under another key.
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(response.status === MISSING ? "missing" : response.statusText);
    return response;
  }

  async function read(path, keys) {
    const digest = new Uint8Array(await crypto.subtle.sign("HMAC", keys.names, encode(path)));
    const name = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const place = path.replace(/[^/]*$/, `${name}.sealed`);
    const sealed = new Uint8Array(await (await got(new URL(place, root))).arrayBuffer());
    const text = await decrypted(keys.files, sealed.subarray(MAGIC), `${FORMAT}/${words.client}/${place}`);
    const head = text.indexOf(10);
    if (new TextDecoder().decode(text.subarray(0, head)) !== path) throw new Error("another file");
    return text.subarray(head + 1);
  }

  /** The path below the root that an address of a page leads to; "" where it leads elsewhere. */
  function pathOf(address) {
    const url = new URL(address, new URL(words.path, root));
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return "";
    const path = decodeURIComponent(url.pathname.slice(root.pathname.length));
    return path.endsWith("/") || !path ? `${path}index.html` : path;
  }

  const TYPES = { svg: "image/svg+xml", png: "image/png", jpg: "image/jpeg", webp: "image/webp", pdf: "application/pdf" };

  async function blobOf(path, keys) {
    const type = TYPES[path.split(".").pop()] ?? "application/octet-stream";
    return URL.createObjectURL(new Blob([await read(path, keys)], { type }));
  }

  // The page

  async function open(content) {
    const keys = await keysOf(content);
    const page = new DOMParser().parseFromString(new TextDecoder().decode(await read(words.path, keys)), "text/html");
    await Promise.all(Array.from(page.querySelectorAll("img[src]"), (picture) => showPicture(picture, keys)));
    globalThis.fetchSealed = async (address) => new Response(await read(pathOf(address), keys));
    show(page);
    document.addEventListener("click", (event) => save(event, keys));
    addLock();
    for (const script of document.querySelectorAll("script")) run(script);
    if (location.hash) location.replace(location.hash);
  }

  /** Put a page in the place of this one. The tab keeps its icon: without one, a browser asks the host for another. */
  function show(page) {
    // The policy of this page holds on; that of the page inside would forbid the pictures that were decrypted.
    page.querySelectorAll("meta[http-equiv=Content-Security-Policy], link[rel=icon]").forEach((part) => part.remove());
    const before = Array.from(document.head.children).filter((part) => !part.matches("link[rel=icon]"));
    document.head.append(...page.head.children);
    before.forEach((part) => part.remove());
    document.body.replaceWith(document.adoptNode(page.body));
    for (const { name, value } of page.documentElement.attributes) document.documentElement.setAttribute(name, value);
  }

  async function showPicture(picture, keys) {
    picture.src = await blobOf(pathOf(picture.getAttribute("src")), keys);
  }

  /** A script that was parsed for another document does not run by itself. */
  function run(script) {
    const again = document.createElement("script");
    for (const { name, value } of script.attributes) again.setAttribute(name, value);
    script.replaceWith(again);
  }

  /** A link to a file gives the file; one to a page leads to it, where this script opens it again. */
  async function save(event, keys) {
    const link = event.target.closest?.("a[href]");
    const path = link ? pathOf(link.getAttribute("href")) : "";
    if (!path || link.protocol === "blob:" || path.endsWith(".html") || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    const file = document.createElement("a");
    file.href = await blobOf(path, keys);
    file.download = path.split("/").pop();
    file.click();
    URL.revokeObjectURL(file.href);
  }

  function addLock() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lock";
    button.append(words.lock);
    button.addEventListener("click", () => {
      remember(null);
      location.reload();
    });
    (document.querySelector("footer") ?? document.body).append(button);
  }

  // The form

  function ask(message) {
    told.textContent = message;
    form.hidden = false;
    form.elements.passphrase.focus();
  }

  /** Open the page; what kept it from opening, else null. */
  async function tryOpening(content) {
    try {
      await open(content);
      return null;
    } catch (error) {
      console.warn(`kapm: ${words.path} does not open: ${error.message || error.name}`);
      return error;
    }
  }

  /** Whether a key is of other passphrases: under it a file has another name, or does not decrypt. */
  function isUnfit(error) {
    return error.message === "missing" || error.name === "OperationError";
  }

  async function submitted(event) {
    event.preventDefault();
    const field = form.elements.passphrase;
    form.setAttribute("aria-busy", "true");
    told.textContent = "";
    const content = await contentKey(field.value).catch(() => undefined);
    form.removeAttribute("aria-busy");
    if (!content) {
      ask(content === null ? words.wrong : words.damaged);
      field.select();
      return;
    }
    remember(toBase64(content));
    if (await tryOpening(content)) ask(words.damaged);
  }

  async function begin() {
    if (!globalThis.crypto?.subtle || location.protocol === "file:") {
      told.textContent = words.insecure;
      return;
    }
    form.addEventListener("submit", submitted);
    const content = remembered();
    const fault = content && (await tryOpening(fromBase64(content)));
    const unfit = fault && isUnfit(fault);
    if (unfit) remember(null);
    if (!content || fault) ask(content && !unfit ? words.damaged : "");
  }

  begin();
})();
