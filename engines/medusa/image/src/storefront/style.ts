/** The shop's style: phone first, in the visitor's own colours, light or dark. */
export const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#8a8a8a, #7d7d7d); --soft: light-dark(#f4f4f2, #242424);
  --ink: light-dark(#1c1c1c, #f0f0f0); --paper: light-dark(#fff, #161616); --bad: light-dark(#b3161b, #ff9a94) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 68rem; padding: 0 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
a { color: inherit; text-underline-offset: .2em }
:focus-visible { outline: 3px solid light-dark(#0b57d0, #9cc2ff); outline-offset: 2px }
.skip { position: absolute; left: -999rem } .skip:focus { left: 1rem; top: .5rem }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: 1rem 0; border-bottom: 1px solid var(--line) }
header form { display: flex; gap: .5rem; flex: 1 1 14rem; margin: 0 } header .name { font-weight: 700; font-size: 1.15rem; text-decoration: none }
h1 { line-height: 1.2; overflow-wrap: anywhere } h2 { font-size: 1rem; margin: .5rem 0 0; overflow-wrap: anywhere }
.products { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(10rem, 100%), 1fr)) }
.products a { display: block; text-decoration: none } .products a:hover h2 { text-decoration: underline }
.picture { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: .5rem; background: var(--soft) }
.product { display: grid; gap: 1.5rem } .pictures { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)) }
.price { font-weight: 700 } .soft { opacity: .85 }
label, legend { display: block; font-weight: 600; margin-top: .9rem } fieldset { border: 0; padding: 0; margin: .9rem 0 0; min-width: 0 } legend { padding: 0; margin: 0 }
input, select, button, .button { font: inherit; min-height: 2.75rem; padding: .5rem .75rem; border-radius: .5rem; border: 1px solid var(--line); color: inherit; background: var(--paper); max-width: 100% }
input, select { width: 100% } input[type=radio] { width: auto; min-height: 0 } input[type=number] { width: 5.5rem }
[aria-invalid=true] { border: 2px solid var(--bad) } .error { color: var(--bad); margin: .25rem 0 0 }
button, .button { display: inline-block; cursor: pointer; background: var(--ink); color: var(--paper); border-color: var(--ink); text-decoration: none }
button.plain { background: none; color: inherit; border-color: var(--line) }
.choice { display: flex; gap: .6rem; align-items: center; font-weight: 400; margin-top: .5rem }
form { margin: 0 } form.wide { max-width: 34rem } .notice { border: 2px solid var(--bad); border-radius: .5rem; padding: .75rem 1rem }
.lines { list-style: none; padding: 0; margin: 0 } .lines li { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; padding: .75rem 0; border-bottom: 1px solid var(--line) }
.lines .what { flex: 1 1 12rem } .lines form { display: flex; gap: .5rem; align-items: center } .sums { margin-left: auto; width: fit-content } .sums td, .sums th { padding: .2rem 0 .2rem 1.5rem; text-align: right; font-weight: 400 } .sums tr:last-child > * { font-weight: 700 }
nav.pages { display: flex; gap: 1rem; justify-content: center; margin-top: 1.5rem }
@media (min-width: 46rem) { .product { grid-template-columns: 1fr 1fr } .products { grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)) } }
`;

/** The picture of the sample product. */
export const MUG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="#e8e4da"/>
<path d="M130 80h14a22 22 0 0 1 0 44h-14" fill="none" stroke="#31566b" stroke-width="10"/><path d="M58 62h74v72a22 22 0 0 1-22 22H80a22 22 0 0 1-22-22z" fill="#31566b"/></svg>`;
