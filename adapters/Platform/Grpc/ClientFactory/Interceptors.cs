using Grpc.Core.Interceptors;
using Grpc.Net.ClientFactory;

namespace FoodDelivery.Platform.GrpcRuntime.ClientFactory;

/// <summary>Makes a client's interceptors.</summary>
static class Interceptors
{
    public static Interceptor[] Of(GrpcClientFactoryOptions wishes, InterceptorScope scope, IServiceProvider services)
    {
        var made = new List<Interceptor>();
        foreach (var registration in wishes.InterceptorRegistrations)
        {
            if (registration.Scope == scope)
            {
                made.Add(registration.Creator(services));
            }
        }

        return [.. made];
    }
}
