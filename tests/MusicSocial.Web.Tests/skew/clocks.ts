/** A device whose clock is wrong: by how much, and how much faster it runs than the others'. */
export interface DeviceClock {
  offsetMs: number;
  ppm: number;
}

/** Runs in the page before anything else: everything there that tells the time tells this device's time. */
export function wearClock(clock: DeviceClock): void {
  const speed = 1 + clock.ppm * 1e-6;
  const realOrigin = performance.timeOrigin;
  const realNow = performance.now.bind(performance);
  const origin = realOrigin + clock.offsetMs;
  performance.now = () => realNow() * speed;
  Object.defineProperty(performance, 'timeOrigin', { get: () => origin });
  Date.now = () => Math.floor(origin + realNow() * speed);
  const askOutput = AudioContext.prototype.getOutputTimestamp;
  AudioContext.prototype.getOutputTimestamp = function () {
    const pair = askOutput.call(this);
    return { ...pair, contextTime: pair.contextTime ?? 0, performanceTime: (pair.performanceTime ?? 0) * speed };
  };
  const onFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => onFrame((at) => draw(at * speed));
}
