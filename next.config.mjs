/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Every page is per person: nothing is prerendered, optimised or cached by Next.
  images: { unoptimized: true },
  // Types are checked by `npm run typecheck`, which also covers what Next does not see.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "@node-rs/argon2", "pino", "pg-boss"],
  allowedDevOrigins: ["127.0.0.1"],
};
