# The one binary, the web app inside, on an empty image: no shell, no package, not root.

FROM node:20-bookworm-slim AS web
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY frontend ./
RUN npx --no-install vite build

FROM golang:1.26-bookworm AS server
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/frontend/dist/app frontend/dist/app
# Streets live in time zones, and the image has none of its own: timetzdata puts them in. nodynamic: no library is looked for.
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -tags timetzdata,nodynamic -ldflags "-s -w" -o /onestreet ./server
RUN mkdir /empty

FROM scratch
COPY --from=server /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=server /onestreet /onestreet
# A volume that is mounted here takes over its owner.
COPY --from=server --chown=65532:65532 /empty /data
USER 65532:65532
ENV ONESTREET_ADDR=0.0.0.0:8080 ONESTREET_DATA=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["/onestreet", "healthcheck", "--url", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["/onestreet"]
CMD ["serve"]
