# Targets: api, worker, migrate (one shot), cli (the whole product in one container).
FROM rust:1.95-bookworm AS build
# What llama.cpp is compiled with.
RUN apt-get update && apt-get install -y --no-install-recommends cmake g++ libclang-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN k8s/image/build.sh /programs

FROM debian:bookworm-slim AS base
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lexilingo
COPY --from=build /source/k8s/image/healthy.sh /usr/local/bin/healthy
COPY --from=build /source/LICENSE-MIT /source/LICENSE-APACHE /source/NOTICE /usr/share/doc/lexilingo/
ENV LOG_FORMAT=json
USER 10001

FROM base AS api
COPY --from=build /programs/lexilingo-api /usr/local/bin/
ENV LEXILINGO_BIND=0.0.0.0:8000
EXPOSE 8000
ENTRYPOINT ["lexilingo-api"]

FROM base AS engine-base
USER root
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 libstdc++6 && rm -rf /var/lib/apt/lists/*
COPY --from=build /programs/lexilingo-engine-llama /usr/local/bin/
USER 10001

FROM engine-base AS worker
COPY --from=build /programs/lexilingo-worker /usr/local/bin/
ENV WORKER_OPS_BIND=0.0.0.0:9100
EXPOSE 9100
ENTRYPOINT ["lexilingo-worker"]

FROM base AS migrate
COPY --from=build /programs/lexilingo /usr/local/bin/
ENTRYPOINT ["lexilingo", "migrate"]

FROM engine-base AS cli
COPY --from=build /programs/lexilingo /usr/local/bin/
USER root
RUN install --directory --owner 10001 --mode 700 /data
USER 10001
VOLUME /data
ENV LEXILINGO_BIND=0.0.0.0:8000 LEXILINGO_DATA_DIR=/data
EXPOSE 8000
ENTRYPOINT ["lexilingo"]
