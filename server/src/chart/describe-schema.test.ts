import { expect, test } from 'vitest';
import { describeSchema } from './describe-schema.ts';

const values = `# Of the chart.
size: small
web:
  # How much it gets.
  resources: {}
  image: { tag: '1' }
`;
const schema = {
  type: 'object',
  additionalProperties: false,
  definitions: {
    amount: { type: 'string', description: 'an amount such as 1Gi' },
    resources: {
      type: 'object',
      properties: { cpu: { $ref: '#/definitions/amount' } },
      additionalProperties: { $ref: '#/definitions/amount' },
    },
  },
  properties: {
    size: { enum: ['small', 'large'] },
    web: {
      properties: {
        resources: { $ref: '#/definitions/resources' },
        image: { properties: { tag: { type: 'string' } } },
      },
    },
  },
};

test('resolves references, and describes values by the comments and defaults of values.yaml', () => {
  const amount = { type: 'string', description: 'an amount such as 1Gi' };
  expect(
    describeSchema({ schema, values, defaults: { size: 'small', web: { resources: {}, image: { tag: '1' } } } }),
  ).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      size: { enum: ['small', 'large'], description: 'Of the chart.', default: 'small' },
      web: {
        properties: {
          resources: {
            type: 'object',
            description: 'How much it gets.',
            properties: { cpu: amount },
            additionalProperties: amount,
          },
          image: { properties: { tag: { type: 'string', default: '1' } } },
        },
      },
    },
  });
});
