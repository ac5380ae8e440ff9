using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Support.Toss;

/// <summary>An answer of the stub.</summary>
internal sealed record Reply(int Status, byte[] Body)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Reply Of(int status, object body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, Options));

    public static Reply Failure(int status, string code, string message) => Of(status, new { code, message });

    public async Task Write(HttpResponse response, int length)
    {
        response.StatusCode = Status;
        response.ContentType = "application/json";
        await response.Body.WriteAsync(Body.AsMemory(0, length));
    }
}
