// One article in six shops, seen from two windows. Each window asks for itself; what one does, the other learns by asking.
"use strict";

const SHOPS = 6;
const POLL_MS = 500;
const HOLD_SECONDS = 20;
const LOG_LINES = 4;
const UTRECHT = "52.09,5.12";

async function ask(path, body) {
  const request = body === undefined ? {} : {
    method: "POST",
    headers: {"Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID()},
    body: JSON.stringify(body)
  };
  const answer = await fetch(path, request);
  return {status: answer.status, body: await answer.json()};
}

function say(pane, status, text) {
  const line = document.createElement("li");
  line.dataset.status = status;
  line.textContent = text;
  line.classList.toggle("refused", status >= 400);
  const log = pane.querySelector(".log");
  log.prepend(line);
  while (log.children.length > LOG_LINES) {
    log.lastChild.remove();
  }
}

async function hold(pane, channel, shop, sku) {
  const answer = await ask("v1/reservations", {
    channel, store: shop.store, holdSeconds: HOLD_SECONDS, owner: "demo-" + pane.dataset.window, lines: [{sku, quantity: 1}]
  });
  const text = answer.status === 201
    ? `${channel} holds 1 in ${city(shop)} for ${HOLD_SECONDS} s`
    : `${channel} in ${city(shop)}: ${answer.body.detail}`;
  say(pane, answer.status, text);
}

async function sell(pane, shop, sku) {
  const answer = await ask("v1/stock/movements", {
    movements: [{type: "sale", store: shop.store, sku, quantity: 1, channel: "pos"}]
  });
  const result = answer.status === 200 ? answer.body.results[0] : undefined;
  say(pane, answer.status, result && result.onHand !== undefined
    ? `till sold 1 in ${city(shop)}; ${result.onHand} on hand, ${result.reserved} reserved`
    : `till in ${city(shop)}: ${answer.body.detail}`);
}

function city(shop) {
  return shop.name.replace(/^Lindehof /, "");
}

function show(output, item) {
  if (item.error || output.value === String(item.available)) {
    return;
  }
  const first = output.value === "–";
  output.value = item.available;
  output.dataset.status = item.status;
  output.title = item.status;
  output.classList.remove("moved");
  if (!first) {
    void output.offsetWidth; // lets the animation begin again
    output.classList.add("moved");
  }
}

function open(pane, shops, sku) {
  const outputs = shops.map((shop) => {
    const card = document.getElementById("shop").content.cloneNode(true);
    card.querySelector("h3").textContent = city(shop);
    card.querySelector(".distance").textContent = `${shop.store}, ${shop.distanceKm} km`;
    for (const button of card.querySelectorAll("button")) {
      const channel = button.dataset.channel;
      button.setAttribute("aria-label", `${button.textContent} in ${city(shop)}`);
      button.addEventListener("click", () => (channel === "pos" ? sell(pane, shop, sku) : hold(pane, channel, shop, sku))
        .catch((fault) => say(pane, 0, String(fault))));
    }
    const output = card.querySelector("output");
    pane.querySelector(".shops").append(card);
    return output;
  });
  const cells = new URLSearchParams(shops.flatMap((shop) => [["store", shop.store], ["sku", sku]]));
  const poll = async () => {
    if (!document.hidden) {
      const answer = await ask("v1/availability?" + cells);
      answer.body.items.forEach((item, i) => show(outputs[i], item));
      document.getElementById("sequence").textContent = `as of ${answer.body.asOf}, sequence ${answer.body.sequence}`;
    }
  };
  const again = () => poll().catch(() => {}).finally(() => setTimeout(again, POLL_MS));
  again();
}

async function begin() {
  const article = (await ask("v1/skus?limit=1")).body.skus[0];
  if (!article) {
    setTimeout(begin, POLL_MS);
    return;
  }
  const near = `v1/skus/${encodeURIComponent(article.sku)}/availability?near=${UTRECHT}&kind=shop&minQuantity=0&limit=${SHOPS}`;
  const shops = (await ask(near)).body.stores;
  document.getElementById("article").textContent = article.name;
  document.querySelectorAll(".window").forEach((pane) => open(pane, shops, article.sku));
}

begin();
