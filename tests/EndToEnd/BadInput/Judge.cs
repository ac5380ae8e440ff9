using System.Text.Json;
using Grpc.Core;

namespace FoodDelivery.Tests.EndToEnd.BadInput;

/// <summary>Says what is wrong with an answer to a bad request; null if nothing is.</summary>
internal static class Judge
{
    // What the protocol itself calls INTERNAL: the two ends do not agree on where messages begin and how they are packed.
    private static readonly string[] Framing =
        ["Incomplete message", "Additional data after the message", "Unexpected compressed flag", "grpc-encoding value with compressed message", "cannot be decompressed"];

    // A path with a NUL does not get past the server itself, which refuses it without a word.
    public static string? Rest(RestReply reply, string path, bool mayBeFine)
    {
        if (reply.Status is >= 200 and < 300)
            return mayBeFine ? null : $"{reply.Status}: {Short(reply.Text)}";
        if (reply.Status is < 400 or >= 500)
            return $"{reply.Status}: {Short(reply.Text)}";
        if (path.Contains("%00", StringComparison.Ordinal) && reply is { Status: 400, Text: "" })
            return null;
        if (reply.Type != "application/problem+json")
            return $"{reply.Status} without problem details, but {reply.Type}: {Short(reply.Text)}";
        using var problem = JsonDocument.Parse(reply.Text);
        if (reply.Text.Contains("Exception", StringComparison.Ordinal) || problem.RootElement.GetProperty("detail").GetString() is null or "")
            return $"{reply.Status} with our insides, or without a word: {Short(reply.Text)}";
        return reply.Status == 400 && !problem.RootElement.TryGetProperty("field", out _) ? $"400 that names no field: {Short(reply.Text)}" : null;
    }

    public static string? Rpc(RpcReply reply, bool mayBeFine, bool namesField)
    {
        if (reply.Http != 200)
            return reply.Http is >= 400 and < 500 ? null : $"HTTP {reply.Http}";
        return reply.Code switch
        {
            null => "no status",
            StatusCode.OK => mayBeFine ? null : "OK",
            StatusCode.InvalidArgument when namesField && reply is { Field: null, Reason: not "IDEMPOTENCY_KEY_REUSED" } => $"INVALID_ARGUMENT that names no field: {reply.Detail}",
            StatusCode.Internal when Framing.Any(known => reply.Detail.Contains(known, StringComparison.Ordinal)) => null,
            StatusCode.Unknown or StatusCode.Internal or StatusCode.Unimplemented or StatusCode.Unavailable or StatusCode.DataLoss =>
                $"{reply.Code}: {Short(reply.Detail)}",
            _ => null,
        };
    }

    private static string Short(string text) => text.Length > 300 ? text[..300] + "…" : text;
}
