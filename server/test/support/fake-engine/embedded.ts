import type { EmbeddedEngine } from '@shopyard/simulator/processes';

const engine: EmbeddedEngine = {
  simulated: [
    {
      image: /teashop\/front/,
      behaviour: {
        readyMs: 100,
        lines: ['kettle on'],
        serve: (title, _req, res) => void res.end(`<h1>${title}</h1><p>Green tea, 4.00</p>`),
      },
    },
    { image: /teashop\/ledger/, behaviour: { readyMs: 100, lines: ['ledger open'] } },
  ],
};

export default engine;
