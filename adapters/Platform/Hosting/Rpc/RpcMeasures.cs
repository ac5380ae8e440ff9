using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace FoodDelivery.Platform.Hosting.Rpc;

/// <summary>How long calls took, by method and outcome: over HTTP every one of them looks like a 200.</summary>
internal sealed class RpcMeasures
{
    private readonly Histogram<double> _duration;

    public RpcMeasures(IMeterFactory meters)
    {
        _duration = meters.Create("fooddelivery.rpc").CreateHistogram<double>("rpc.server.call.duration", "s", "How long gRPC calls took.");
    }

    public void Ended(string method, StatusCode code, long started)
    {
        if (_duration.Enabled)
        {
            _duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new KeyValuePair<string, object?>("rpc.method", method),
                new KeyValuePair<string, object?>("rpc.response.status_code", Name(code)));
        }
    }

    private static string Name(StatusCode code) => Enum.GetName(code) ?? "Unknown";
}
