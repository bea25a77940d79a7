// One scene of the npm clients against the test hub: node interop.mjs <url> <json|messagepack> <scene>
import assert from "node:assert/strict";
import { HttpTransportType, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";

const [url, protocol, scene] = process.argv.slice(2);

const transports = {
  negotiated: {},
  webSockets: { transport: HttpTransportType.WebSockets, skipNegotiation: true },
  serverSentEvents: { transport: HttpTransportType.ServerSentEvents },
  longPolling: { transport: HttpTransportType.LongPolling },
};

async function until(condition, what) {
  for (let i = 0; i < 2000; i++) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail(`never came true: ${what}`);
}

async function connect() {
  const builder = new HubConnectionBuilder()
    .withUrl(url, transports[scene])
    .withAutomaticReconnect([0, 50, 100, 200, 400])
    .configureLogging(LogLevel.None);
  if (protocol === "messagepack") builder.withHubProtocol(new MessagePackHubProtocol());
  const connection = builder.build();
  const client = { connection, frames: [], signals: [], gaps: [] };
  connection.on("Frame", (frame) => client.frames.push(frame));
  connection.on("Signal", (batch) => client.signals.push(...batch.signals));
  connection.on("Gap", (gap) => client.gaps.push(gap));
  await connection.start();
  return client;
}

const offsets = (client, topic) =>
  client.frames.filter((frame) => frame.topic === topic).flatMap((frame) => frame.events.map((event) => event.offset));

const topic = `test:${protocol}-${scene}`;
const listener = await connect();
const speaker = await connect();
const ask = (...call) => listener.connection.invoke(...call);

// Values of every shape go there and back.
for (const text of ["", "plain", "grüße 🎵 \u0000\u001f\"\\", "x".repeat(31), "x".repeat(32), "é".repeat(300), "y".repeat(20_000)]) {
  assert.equal(await ask("Echo", text), text);
}
for (const small of [0, 1, -1, 127, 128, 255, 256, -32, -33, -129, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31)]) {
  const shapes = {
    text: "t", small, large: Number.MAX_SAFE_INTEGER - small, fraction: small + 0.1, flag: small > 0,
    list: Array.from({ length: 20 }, (_, i) => `${i}`), map: { a: 1, "ключ": -1 }, day: "friday",
  };
  assert.deepEqual(await ask("EchoShapes", { ...shapes, absent: null }), shapes);
}

// Follow, frames, signals.
const answer = await ask("Follow", topic, null);
assert.deepEqual(
  { ...answer, position: { ...answer.position, epoch: "?" } },
  { topic, position: { epoch: "?", offset: 0 }, recovered: false, events: [], snapshot: { key: topic.slice(5) } });
for (let i = 1; i <= 5; i++) {
  const position = await speaker.connection.invoke("Publish", topic, "chat", `line ${i}`);
  assert.deepEqual(position, { epoch: answer.position.epoch, offset: i });
}
await until(() => offsets(listener, topic).length === 5, "five events");
assert.deepEqual(offsets(listener, topic), [1, 2, 3, 4, 5]);
const first = listener.frames[0];
assert.deepEqual(Object.keys(first).sort(), ["epoch", "events", "from", "shown", "to", "topic", "total"]);
assert.deepEqual(first.events[0].data, { text: "line 1" });
assert.equal(first.events[0].type, "chat");
assert.equal(typeof first.events[0].atMs, "number");
await speaker.connection.invoke("React", topic, "🎵");
await until(() => listener.signals.length === 1, "a signal");
assert.deepEqual(listener.signals[0], { type: "reactions", data: { "🎵": 1 } });

// Bad input is refused and the connection lives.
const rejected = (pattern, ...call) => assert.rejects(() => ask(...call), pattern);
await rejected(/topic\.invalid/, "Follow", "nonsense", null);
await rejected(/topic\.unknown/, "Follow", "other:thing", null);
await rejected(/test\.refused/, "FollowAs", topic, "stranger");
await rejected(/Method does not exist|Failed to invoke/, "NoSuchMethod", 1);
await rejected(/Failed to invoke|Invocation provides|takes/, "Echo");
await rejected(/Failed to invoke|Error binding/, "Echo", { not: "a text" });
await rejected(/Failed to invoke|Error binding/, "EchoShapes", { small: 1.5 });
await rejected(/Failed to invoke|Error binding/, "EchoShapes", { day: 5 });
assert.equal(await ask("Echo", "still here"), "still here");

// Away and back: exactly what was missed.
await listener.connection.stop();
await speaker.connection.invoke("Publish", topic, "chat", "missed 1");
await speaker.connection.invoke("Publish", topic, "chat", "missed 2");
await listener.connection.start();
const resumed = await ask("Follow", topic, { epoch: answer.position.epoch, offset: 5 });
assert.equal(resumed.recovered, true);
assert.equal("snapshot" in resumed, false);
assert.deepEqual(resumed.events.map((event) => event.data.text), ["missed 1", "missed 2"]);
const elsewhere = await ask("Follow", topic, { epoch: "elsewhere", offset: 5 });
assert.equal(elsewhere.recovered, false);
assert.equal(elsewhere.position.offset, 7);

// The socket breaks; the client reconnects by itself and follows on.
if (scene === "webSockets" || scene === "negotiated") {
  let reconnected = false;
  listener.connection.onreconnected(() => { reconnected = true; });
  await ask("Break").catch(() => {});
  await until(() => reconnected, "reconnected");
  await speaker.connection.invoke("Publish", topic, "chat", "after the break");
  const again = await ask("Follow", topic, { epoch: answer.position.epoch, offset: 7 });
  assert.deepEqual([again.recovered, again.events.length], [true, 1]);
}

await speaker.connection.invoke("Publish", topic, "chat", "last");
await until(() => listener.frames.at(-1).events.at(-1).data.text === "last", "the last line");
await ask("Unfollow", topic);
assert.deepEqual(listener.gaps, []);
await listener.connection.stop();
await speaker.connection.stop();
console.log("ok");
