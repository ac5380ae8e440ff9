using System.Net.Sockets;

namespace FoodDelivery.Adapters.Ordering.Payments;

/// <summary>Sends each call to the address whose turn it is; the client's own address is only a name.</summary>
internal sealed class BalancingHandler(PayAddresses addresses) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = addresses.Next();
        request.RequestUri = new Uri(address.Uri, request.RequestUri!.PathAndQuery);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException)
        {
            addresses.LetRest(address);
            throw;
        }
    }
}
