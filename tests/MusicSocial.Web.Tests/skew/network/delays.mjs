// A wire that is slow on purpose, as a process of its own so that nothing else on this machine's mind delays it further.
// Started with fork(): a message { port, up, down } opens it and is answered with its own port; { online } cuts or mends it,
// { target } leads connections from then on to another port.
import { connect, createServer } from 'node:net';

const stallMs = 20;
const heldBytes = 4_000_000;
let target = 0;
let online = true;
let directions;

// Milliseconds one piece takes: a fixed part, exponential queueing, and now and then a spike.
function draw({ baseMs = 0, queueMs = 0, spikeShare = 0, spikeFromMs = 0, spikeToMs = 0 }) {
  const spike = Math.random() < spikeShare ? spikeFromMs + Math.random() * (spikeToMs - spikeFromMs) : 0;
  return baseMs - queueMs * Math.log(1 - Math.random()) + spike;
}

// Pieces never overtake one another: what TCP promises, and why one late piece makes the next ones late too.
function carry(from, to, direction) {
  const queue = [];
  let dueMs = 0;
  let held = 0;
  let timer;
  const pump = () => {
    timer = undefined;
    while (online && queue.length > 0 && queue[0].dueMs <= performance.now()) queue.shift().act();
    if (queue.length > 0) timer = setTimeout(pump, online ? queue[0].dueMs - performance.now() : stallMs);
  };
  const later = (act) => {
    dueMs = Math.max(dueMs, performance.now() + draw(direction));
    queue.push({ dueMs, act });
    timer ??= setTimeout(pump, dueMs - performance.now());
  };
  from.on('data', (piece) => {
    held += piece.length;
    if (held > heldBytes) from.pause();
    later(() => {
      held -= piece.length;
      to.write(piece);
      if (held < heldBytes / 4) from.resume();
    });
  });
  from.on('end', () => later(() => to.end()));
}

const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  for (const [one, other] of [
    [near, far],
    [far, near],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => setTimeout(() => other.destroy(), 1_000));
  }
  carry(near, far, directions.up);
  carry(far, near, directions.down);
});

process.on('message', (order) => {
  if (order.port !== undefined) {
    target = order.port;
    directions = order;
    server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  }
  if (order.online !== undefined) online = order.online;
  if (order.target !== undefined) target = order.target;
});
process.on('disconnect', () => process.exit(0));
