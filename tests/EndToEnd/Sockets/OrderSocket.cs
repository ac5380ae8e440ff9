using System.Net.WebSockets;
using FoodDelivery.Ordering;
using FoodDelivery.Platform.Hosting.Limits;
using FoodDelivery.Platform.Hosting.Security;
using FoodDelivery.Platform.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FoodDelivery.Tests.EndToEnd.Sockets;

/// <summary>
/// Ordering over WebSockets, as a third protocol beside gRPC and REST. It shows the shape: an inbound adapter is a folder that translates into the use
/// cases that are there, and a line where the service is composed. Nothing in <c>domain/</c> or <c>adapters/</c> knows of it or was changed for it.
/// </summary>
internal static class OrderSocket
{
    public const string Path = "/orders/socket";

    /// <summary>The line: adds it to an Order service that has been built.</summary>
    public static WebApplication MapOrderSocket(this WebApplication app)
    {
        var feed = new StatusFeed(app.Services.GetRequiredService<IEventLog>());
        app.Lifetime.ApplicationStarted.Register(() => feed.Start(app.Lifetime.ApplicationStopping));
        app.UseWebSockets();
        app.Map(Path, (HttpContext context, PlaceOrderHandler placing, CancelOrderHandler cancelling) => Talk(context, placing, cancelling, feed, app.Lifetime.ApplicationStopping))
            .AllowRoles(Roles.Customer)
            .WithMetadata(new StaysOpen());
        return app;
    }

    private static async Task Talk(HttpContext context, PlaceOrderHandler placing, CancelOrderHandler cancelling, StatusFeed feed, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await new Conversation(socket, placing, cancelling, context.AccessScope(), context.TraceIdentifier).Run(feed, either.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            // The customer hung up, or the service stops.
        }
    }

    private sealed class StaysOpen : IRequestKinds
    {
        public RequestKind Of(HttpRequest request) => RequestKind.Stream;
    }
}
