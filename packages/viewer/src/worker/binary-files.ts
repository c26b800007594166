/** Files that the build of the viewer embeds as bytes. */
declare module '*.so' {
  const bytes: Uint8Array;
  export default bytes;
}
