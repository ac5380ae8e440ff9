using System.Data.Common;
using System.Net.Sockets;
using Google.Protobuf;

namespace FoodDelivery.Platform.Messaging.Consuming;

/// <summary>Tells a failure of something that an event's handling needs from a failure of the event itself.</summary>
internal static class Outage
{
    public static bool Caused(Exception error)
    {
        for (var at = error; at is not null; at = at.InnerException)
        {
            // It is an IOException, and says nothing of a device: the message's own bytes are wrong.
            if (at is InvalidProtocolBufferException)
                return false;

            if (at is TimeoutException or HttpRequestException or SocketException or IOException or DbException { IsTransient: true })
                return true;
        }

        return false;
    }
}
