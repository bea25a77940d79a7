type Point = { kind: 'set' | 'ramp'; value: number; at: number };

/** For tests: a gain's automation, as browsers carry it out. */
export class SimulatedParam {
  private points: Point[] = [];
  constructor(public value = 1) {}

  setValueAtTime(value: number, at: number): this {
    return this.plan({ kind: 'set', value, at });
  }

  linearRampToValueAtTime(value: number, at: number): this {
    return this.plan({ kind: 'ramp', value, at });
  }

  cancelScheduledValues(at: number): this {
    this.points = this.points.filter((point) => point.at < at);
    return this;
  }

  valueAt(time: number): number {
    let [value, at] = [this.value, Number.NEGATIVE_INFINITY];
    for (const point of this.points) {
      if (point.at > time) {
        if (point.kind === 'set' || at === Number.NEGATIVE_INFINITY) return value;
        return value + ((point.value - value) * (time - at)) / (point.at - at);
      }
      [value, at] = [point.value, point.at];
    }
    return value;
  }

  private plan(point: Point): this {
    this.points.push(point);
    this.points.sort((a, b) => a.at - b.at);
    return this;
  }
}

/** For tests: one piece of sound, and where in it one is at a moment. */
export class SimulatedSource {
  onended: (() => void) | undefined;
  readonly rates = new Map<number, number>();
  readonly playbackRate = { setValueAtTime: (rate: number, at: number) => this.rates.set(at, rate) };
  starts = Number.POSITIVE_INFINITY;
  ends = Number.POSITIVE_INFINITY;
  offset = 0;
  gain: SimulatedGain | undefined;

  constructor(
    context: SimulatedContext,
    readonly options: { buffer: { index: number }; playbackRate: number },
  ) {
    context.sources.push(this);
  }

  connect(gain: SimulatedGain): SimulatedGain {
    this.gain = gain;
    return gain;
  }

  disconnect(): void {
    this.gain = undefined;
  }

  start(at: number, offset: number): void {
    [this.starts, this.offset] = [at, offset];
  }

  stop(at = 0): void {
    this.ends = at;
  }
}

export class SimulatedGain {
  readonly gain = new SimulatedParam();
  connect(): void {}
  disconnect(): void {}
}

/** For tests: the part of an audio context that plays chunks. */
export class SimulatedContext {
  currentTime = 0;
  readonly sources: SimulatedSource[] = [];

  /** How loud everything together is at a moment, 1 being as recorded. */
  loudnessAt(time: number): number {
    return this.sources
      .filter((source) => source.gain !== undefined && source.starts <= time && time < source.ends)
      .reduce((total, source) => total + (source.gain?.gain.valueAt(time) ?? 0), 0);
  }
}
