import { appendFileSync } from 'node:fs'

/** Keeps one line for the table at the end of the run. */
export function figure(table, name, value) {
  console.log(`${table}: ${name}: ${value}`)
  if (process.env.FIGURES) appendFileSync(process.env.FIGURES, `${JSON.stringify({ table, name, value })}\n`)
}

/** Middle value, and the one that 95 of 100 stay under. */
export function quantiles(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.ceil(share * sorted.length) - 1]
  return { p50: at(0.5), p95: at(0.95) }
}
