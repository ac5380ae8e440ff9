using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Order;

return await ServiceRunner.Run(() => OrderService.Build(args));
