import { clinicPhone } from './alarm'
import type { Reply, Turn } from './contract'
import { fill, type Strings } from './strings'

/** The conversation as plain text, to take to the doctor's visit. */
export function transcript(turns: Turn[], strings: Strings, date: string): string {
  const told = turns.map((turn) =>
    turn.from === 'patient'
      ? `${strings.you}: ${turn.text}`
      : `${strings.assistant}: ${replyText(turn.reply, strings)}`,
  )
  return [strings.transcriptTitle, date, '', told.join('\n\n'), ''].join('\n')
}

function replyText(reply: Reply, strings: Strings): string {
  const { text, table, facts, disclaimer } = reply
  const phone = clinicPhone(reply)
  const lines = [text]
  if (table) {
    lines.push(`${table.caption}:`)
    for (const [title, ...values] of table.rows) {
      const pairs = values.map((value, i) => `${table.columns[i + 1] ?? ''}: ${value}`)
      lines.push(`- ${title ?? ''}: ${pairs.join('; ')}`)
    }
  }
  if (phone) lines.push(fill(strings.callClinic, { number: phone }))
  for (const { sources, reviewedOn } of facts) {
    for (const { title, section } of sources) {
      const where = fill(strings.section, { section })
      lines.push(`* ${title}, ${where}. ${fill(strings.reviewed, { date: reviewedOn })}`)
    }
  }
  return [...lines, disclaimer].join('\n')
}
