# An image that runs the command rhytid, as whoever is not root:
#   docker build -t rhytid .
#   docker run --rm -v "$PWD:/photos" rhytid segment /photos/photo.jpg
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY . /rhytid
RUN cd /rhytid && eng/setup && eng/build src/Rhytid.Cli /program

FROM mcr.microsoft.com/dotnet/runtime:10.0
RUN apt-get update && apt-get install --no-install-recommends --yes libgtk-3-0 libdrm2 libatomic1 && rm -rf /var/lib/apt/lists/*
COPY --from=build /program /program
USER app
ENTRYPOINT ["dotnet", "/program/Rhytid.Cli.dll"]
