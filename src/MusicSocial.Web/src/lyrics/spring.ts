/** A damped spring from where something is to where it should be; framework-free and steppable by any time step. */
export class Spring {
  velocity = 0;

  constructor(
    public value: number,
    public target = value,
    private readonly stiffness = 120,
    private readonly damping = 22,
  ) {}

  get atRest(): boolean {
    return Math.abs(this.target - this.value) < 0.5 && Math.abs(this.velocity) < 2;
  }

  step(seconds: number): number {
    // Small sub-steps keep it stable when a frame was late.
    for (let left = Math.min(seconds, 0.25); left > 0; left -= 1 / 120) {
      const dt = Math.min(left, 1 / 120);
      const force = this.stiffness * (this.target - this.value) - this.damping * this.velocity;
      this.velocity += force * dt;
      this.value += this.velocity * dt;
    }
    if (this.atRest) this.settle();
    return this.value;
  }

  settle(): void {
    this.value = this.target;
    this.velocity = 0;
  }
}
