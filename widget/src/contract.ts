/**
 * The website channel's contract, and readers that accept nothing else: what the
 * server sends is checked field by field, so a wrong shape shows less, never breaks.
 */

export interface Source {
  title: string
  section: string
  url: string
}

export interface CitedFact {
  id: string
  reviewedOn: string
  sources: Source[]
}

export interface Table {
  caption: string
  columns: string[]
  rows: string[][]
}

export interface Suggestion {
  id: string
  title: string
}

export interface Reply {
  id: string
  kind: string
  text: string
  disclaimer: string
  facts: CitedFact[]
  table: Table | null
  suggestions: Suggestion[]
  phone: string
  /** The kind is that of an alarm which the assistant is not sure of. */
  inDoubt: boolean
}

export type Turn = { from: 'patient'; text: string } | { from: 'assistant'; reply: Reply }

/** What the patient asks; `choice` where a suggestion was pressed, `text` is its title then. */
export interface Question {
  text: string
  choice?: string
}

type Fields = Readonly<Record<string, unknown>>

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The value where it is a text, else "". */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function readReply(value: unknown): Reply {
  const { id, kind, text: said, disclaimer, facts, table, suggestions, phone, in_doubt } = fields(value)
  return {
    id: text(id),
    kind: text(kind),
    text: text(said),
    disclaimer: text(disclaimer),
    facts: list(facts).map(readFact),
    table: readTable(table),
    suggestions: list(suggestions).map(readSuggestion).filter((s) => s.id && s.title),
    phone: text(phone),
    inDoubt: in_doubt === true,
  }
}

export function readReplies(value: unknown): Reply[] {
  return list(value).map(readReply)
}

export function readTurns(value: unknown): Turn[] {
  return list(fields(value)['turns']).map((turn): Turn => {
    const { from, text: said } = fields(turn)
    return from === 'patient'
      ? { from, text: text(said) }
      : { from: 'assistant', reply: readReply(turn) }
  })
}

/** One field of an answer's body, whatever the body is. */
export const field = (body: unknown, name: string): unknown => fields(body)[name]

function readFact(value: unknown): CitedFact {
  const { id, reviewed_on, sources } = fields(value)
  return { id: text(id), reviewedOn: text(reviewed_on), sources: list(sources).map(readSource) }
}

function readSource(value: unknown): Source {
  const { title, section, url } = fields(value)
  return { title: text(title), section: text(section), url: text(url) }
}

function readSuggestion(value: unknown): Suggestion {
  const { id, title } = fields(value)
  return { id: text(id), title: text(title) }
}

function readTable(value: unknown): Table | null {
  const { caption, columns, rows } = fields(value)
  if (!Array.isArray(columns) || !Array.isArray(rows)) return null
  return {
    caption: text(caption),
    columns: columns.map(text),
    rows: rows.map((row) => list(row).map(text)),
  }
}
