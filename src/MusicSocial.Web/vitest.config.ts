import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

// Vitest's reporter uses Map.groupBy, which Node has from version 21 on.
Map.groupBy ??= (items, keyOf) => {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
};

export default defineConfig({
  plugins: [solid()],
  test: {
    environment: 'node',
    include: ['src/**/*.test.ts'],
    // Simulated minutes cost real seconds where the machine is busy.
    testTimeout: 20_000,
  },
});
