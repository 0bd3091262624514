/** A style sheet, minified by build.mjs, as text. */
declare module '*.css' {
  const text: string
  export default text
}
