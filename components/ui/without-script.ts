/**
 * React sends a page in pieces: first what shows that it is loading, then the page itself in a hidden element at the end, which a
 * script puts in its place. For a browser that runs no script these rules do: the placeholder goes, and the page is shown over the
 * place it would have had, right of the navigation (`w-54` in the shell). Their layer comes first,
 * so that they win over "hidden is hidden".
 */
export const withoutScriptStyle = `
@layer without-script {
  template[id^="B:"] ~ * { display: none !important; }
  [hidden][id^="S:"] { display: block !important; }
  [hidden][id^="S:"]:has(> main) { position: relative; margin-top: -100dvh !important; }
  @media (width >= 64rem) { [hidden][id^="S:"]:has(> main) { margin-left: 13.5rem !important; } }
}
`;
