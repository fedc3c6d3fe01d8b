// The one object that holds the bodies of Asio and Boost.JSON.
#include <boost/asio/impl/src.hpp>
#include <boost/json/src.hpp>
