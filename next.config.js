/** @type {import("next").NextConfig} */
const config = {
  // Two builds at once (a demo beside a test) must not share a folder; it stays under the git-ignored one.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` runs the same compiler over the same files; the build need not repeat it.
  typescript: { ignoreBuildErrors: true },
  // Loaded by Node itself: they find drivers, scripts and worker files beside their own sources.
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "bullmq",
    "ioredis",
    "pg",
    "pino",
    "rate-limiter-flexible",
  ],
  // What proxy.ts does not see: files that are the same for everybody.
  headers: async () => [
    { source: "/_next/static/:path*", headers: [{ key: "x-content-type-options", value: "nosniff" }] },
    {
      source: "/icon.svg",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        // Browsers ask for it at each change of the address; a new icon has an address of its own.
        { key: "cache-control", value: "public, max-age=604800, immutable" },
      ],
    },
  ],
  devIndicators: false,
  agentRules: false,
};

export default config;
