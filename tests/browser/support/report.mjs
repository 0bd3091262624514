// The table at the end of the run, from what the tests kept in the file FIGURES.
import { existsSync, readFileSync } from 'node:fs'

const file = process.env.FIGURES ?? ''
const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map((l) => JSON.parse(l)) : []
const width = Math.max(0, ...lines.map(({ name }) => name.length))
for (const table of new Set(lines.map((line) => line.table))) {
  console.log(`\n${table}`)
  const rows = lines.filter((line) => line.table === table)
  for (const { name, value } of rows) console.log(`  ${name.padEnd(width)}  ${value}`)
}
