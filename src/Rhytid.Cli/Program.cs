using Rhytid.Cli;

return await CommandLine.RunAsync(args);
