import english from './strings.en.json'

/** Every text that the widget itself shows; the answers come from the server. */
export type Strings = typeof english

/** To add a language, translate strings.en.json and name the copy here. */
const LANGUAGES: Readonly<Record<string, Strings>> = { en: english }

/** The strings for a language tag ("en-US" finds "en"), else English, and their own tag. */
export function stringsFor(tag: string): { strings: Strings; language: string } {
  const language = tag.toLowerCase().split('-')[0] ?? ''
  const strings = LANGUAGES[language]
  return strings ? { strings, language: tag } : { strings: english, language: 'en' }
}

/** Puts values into {placeholders}; one without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
