using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests;

public sealed class RhytidServicesTests
{
    [Fact]
    public void A_host_gets_one_segmenter_that_writes_to_its_log_and_names_no_file()
    {
        using var folder = new TemporaryFolder();
        using var log = new Lines();
        new Image(64, 48).Save(folder["anna.png"]);
        using var services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log).AddSingleton(typeof(ILogger<>), typeof(Logger<>)).AddRhytid()
            .BuildServiceProvider();
        var segmenter = services.GetRequiredService<WrinkleSegmenter>();

        _ = segmenter.Segment(folder["anna.png"]);

        Assert.Same(segmenter, services.GetRequiredService<WrinkleSegmenter>());
        Assert.Contains(log, line => line.Contains("0 faces in a photo of 64 x 48 pixels", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("anna", StringComparison.Ordinal));
    }

    [Fact]
    public void A_segmenter_that_a_host_registered_before_stays()
    {
        using var own = WrinkleSegmenter.Load();
        using var services = new ServiceCollection().AddSingleton(own).AddRhytid().BuildServiceProvider();

        Assert.Same(own, services.GetRequiredService<WrinkleSegmenter>());
    }

    // A log in memory.
    private sealed class Lines : List<string>, ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
