using System.Net;
using System.Net.Sockets;
using Rhytid.Torch;
using Rhytid.Torch.Distributed;

namespace Rhytid.Training.Tests.Distributed;

/// <summary>Ranks that are threads of this process: they meet through the same sockets as processes do.</summary>
internal static class ThreadRanks
{
    public static bool Exist => ProcessGroup.Has(CollectiveBackend.Gloo);

    /// <summary>Runs the body once for each rank, at the same time.</summary>
    public static T[] Run<T>(int count, Func<ProcessGroup, T> body)
    {
        var port = FreePort();
        var results = new T[count];
        var errors = new List<Exception>();
        var threads = Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                using var scope = TensorScope.Begin();
                using var group =
                    ProcessGroup.Join(
                        new ProcessGroupOptions
                        {
                            Rank = rank,
                            WorldSize = count,
                            MasterAddress = "localhost",
                            MasterPort = port,
                            Timeout = TimeSpan.FromSeconds(30)
                        });
                results[rank] = body(group);
                group.Barrier();
            }
            catch (Exception error)
            {
                lock (errors)
                    errors.Add(error);
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors.Count == 0 ? results : throw new AggregateException(errors);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
